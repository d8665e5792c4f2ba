using FluentValidation;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.SavedViews;

public static class ViewLimits
{
    public const int Name = 30;
    public const int List = 20;

    /// <summary>Enough for a text of a hundred Chinese characters, each percent-encoded as nine characters.</summary>
    public const int Query = 1_200;

    /// <summary>Of one person on one list. Limited because each view is counted when a page opens and compared with each change.</summary>
    public const int Views = 20;
}

/// <summary>A new view, or a new name for one. The latter has the version that was read, and the filter stays.</summary>
public sealed class ViewForm
{
    public long Version { get; set; }
    public string? Name { get; set; }
    public bool Shared { get; set; }

    /// <summary>The query string of the list's address.</summary>
    public string? Query { get; set; }
}

public sealed class ViewFormValidator : AbstractValidator<ViewForm>
{
    public ViewFormValidator()
    {
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(ViewLimits.Name);
        RuleFor(f => f.Query).MaximumLength(ViewLimits.Query);
    }
}
