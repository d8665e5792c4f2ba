namespace LogisticsAdmin.Shared;

/// <summary>Why the app can't start, or do what the command line asks, in one sentence that says what to do. Shown without a stack trace.</summary>
public sealed class StartupProblem(string message, Exception? inner = null) : Exception(message, inner);
