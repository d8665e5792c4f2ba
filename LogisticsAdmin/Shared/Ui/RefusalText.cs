using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>Turns refusals into sentences in the reader's language. No other code does this.</summary>
public sealed class RefusalText(IStringLocalizerFactory words, OfficeTime office)
{
    public string Of(Refusal refusal) =>
        refusal is Rejected { Problems: [{ } first, ..] } ? Of(first) : Format(refusal.ResourceSource, refusal.Code, refusal.Args);

    /// <summary>What is said of an unexpected error, with the number under which it was logged.</summary>
    public string OfFailure(string errorReference) => words.Create(typeof(SharedText))["Unexpected", errorReference];

    public string Of(FieldProblem problem) => problem.Text ?? Format(problem.ResourceSource, problem.Code, problem.Args);

    private string Format(Type source, string code, IReadOnlyList<object?> args)
    {
        var localizer = words.Create(source);
        return localizer[$"Refusal.{code}", [.. args.Select(a => Shown(localizer, a))]];
    }

    private object Shown(IStringLocalizer localizer, object? arg) => arg switch
    {
        null => "",
        Enum value => Shown(localizer, value),
        DateTimeOffset moment => office.Show(moment),
        _ => arg,
    };

    /// <summary>In the refusal's own words, else in those beside the enum: a slice that refuses need not repeat the states of another.</summary>
    private static string Shown(IStringLocalizer localizer, Enum value)
    {
        var key = $"{value.GetType().Name}.{value}";
        var own = localizer[key];
        return own.ResourceNotFound ? ValidatorNames.Word(value.GetType(), key) ?? key : own.Value;
    }
}
