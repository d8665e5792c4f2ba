namespace LogisticsAdmin.Shared.Ui;

/// <summary>
/// The answer of a static page to a posted form: runs the action and keeps a refusal as words for the form and its fields, which the page
/// shows beside what was typed.
/// </summary>
public sealed class FormAnswer(RefusalText words)
{
    private readonly Dictionary<string, string> _fields = [];
    private string? _form;
    private string? _problem;

    /// <summary>True when it was done. Other exceptions than refusals are not caught.</summary>
    public async Task<bool> RunAsync(string form, Func<Task> action)
    {
        try
        {
            await action();
            return true;
        }
        catch (Refusal refusal)
        {
            Refuse(form, refusal);
            return false;
        }
    }

    /// <summary>Stores a refusal from before the action, such as of one of several photos; the first problem of a field is kept.</summary>
    public void Refuse(string form, Refusal refusal)
    {
        _form = form;
        if (refusal is Rejected { Problems: { Count: > 0 } problems })
        {
            foreach (var problem in problems) _fields.TryAdd(problem.Field, words.Of(problem));
            _problem ??= words.Of(Rejected.Fields([]));
        }
        else
        {
            _problem = words.Of(refusal);
        }
    }

    /// <summary>Whether this form of the page was refused.</summary>
    public bool Refused(string form) => _form == form;

    /// <summary>The line above the form, if it was refused.</summary>
    public string? Problem(string form) => Refused(form) ? _problem : null;

    /// <summary>The line below the field, if it was refused.</summary>
    public string? At(string form, string field) => Refused(form) ? _fields.GetValueOrDefault(field) : null;
}
