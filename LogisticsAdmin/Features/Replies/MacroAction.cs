namespace LogisticsAdmin.Features.Replies;

/// <summary>
/// What is done besides sending a canned reply: the name of a verb, and the name of the choice it needs if any (why it waits, how urgent
/// it is). Only <see cref="IMacroActions"/> knows what they mean.
/// </summary>
public sealed record MacroAction(string Verb, string? Code = null);
