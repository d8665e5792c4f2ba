namespace LogisticsAdmin.Features.Replies;

/// <summary>Limits of what may be typed, in characters.</summary>
public static class ReplyLimits
{
    public const int Name = 40;

    /// <summary>Half of what a comment may have: filled placeholders are longer, and the sender adds words of their own.</summary>
    public const int Text = 1_000;
    public const int Shortcut = 20;
    public const int Code = 40;

    /// <summary>Letters of any script, digits and hyphens.</summary>
    public const string ShortcutPattern = @"^[\p{L}\p{N}\-]{2,20}$";
}
