using System.Globalization;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Audit;

/// <summary>
/// Shows the log in the reader's language, with the words that slices register for their entities. Entities and fields without registered
/// words keep their technical names.
/// </summary>
public sealed class AuditDisplay(
    IStringLocalizer<AuditText> words, IStringLocalizerFactory localizers, IEnumerable<IAuditWords> slices, OfficeTime office)
{
    private const int FieldsInLine = 3;
    private const int LongestInLine = 40;

    private readonly Dictionary<string, Type> _wordsOf =
        slices.SelectMany(s => s.Entities, (s, e) => (e.Name, s.ResourceSource)).ToDictionary(p => p.Name, p => p.ResourceSource);

    public string Entity(string entity) => FindEntity(entity) ?? entity;

    public string Field(string entity, string field) => FindField(entity, field) ?? field;

    public string Actor(string? actor) => actor ?? words["System"];

    /// <summary>What the act did, in words of the office, without the person who did it.</summary>
    public string Act(AuditAct act)
    {
        var (first, others) = (act.First, act.Things - 1);
        if (_wordsOf.TryGetValue(first.Entity, out var slice) && Find(slice, $"Audit.Act.{first.Entity}.{act.Verb}") is { } own)
            return Plurals.Format(CultureInfo.CurrentCulture, own, first.Thing, others);
        var told = act.Verb == AuditVerb.Changed ? Changes(act) : words[$"Act.{act.Verb}", Kind(first), first.Thing];
        return others > 0 ? words["Act.AndOthers", told, act.Things] : told;
    }

    /// <summary>A stored value with its unit, if its field has one.</summary>
    public string Value(AuditRow row, object? value) => Measured(row, value) ?? Value(value);

    public string Moment(DateTimeOffset at) => office.Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public string Value(object? value) => value switch
    {
        null => "",
        bool yes => words[yes ? "Yes" : "No"],
        DateTimeOffset moment => Moment(moment),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        Enum member => FindMember(member) ?? Flags(member),
        ImportKind.UndoneReason => words["ImportUndone"],
        _ => value.ToString() ?? "",
    };

    private string Changes(AuditAct act)
    {
        var first = act.First;
        if (act.Rows.Count > 1)
        {
            var fields = string.Join(words["Act.Separator"], act.Rows.Take(FieldsInLine).Select(r => Field(r.Entity, r.Field)));
            if (act.Rows.Count > FieldsInLine) fields = words["Act.MoreFields", fields, act.Rows.Count];
            return words["Act.Fields", $"{Kind(first)} {first.Thing}", fields];
        }
        var thing = first.Thing.Zh.StartsWith('#') ? $"{Kind(first)} {first.Thing}" : first.Thing.ToString();
        var (field, old, now) = (Field(first.Entity, first.Field), InLine(Value(first, first.Old)), InLine(Value(first, first.New)));
        return (old, now) switch
        {
            (_, "") => words["Act.Cleared", thing, field, old],
            ("", _) => words["Act.Set", thing, field, now],
            _ => words["Act.Changed", thing, field, WithoutUnitOf(old, now), now],
        };
    }

    private string Kind(AuditRow row) => Entity(row.Entity).ToLower(CultureInfo.CurrentUICulture);

    private string? Measured(AuditRow row, object? value) =>
        value is string stored && slices.FirstOrDefault(s => s.Entities.Any(e => e.Name == row.Entity)) is { } slice
            ? slice.Measure(localizers.Create(slice.ResourceSource), row.Entity, row.Field, stored) : null;

    private static string InLine(string value) => CleanText.Summary(value, LongestInLine);

    /// <summary>22.5 instead of 22.5 h, before 15 h.</summary>
    private static string WithoutUnitOf(string old, string now)
    {
        var (first, second) = (old.Split(' '), now.Split(' '));
        return first.Length == 2 && second.Length == 2 && first[1] == second[1] && char.IsDigit(first[0][^1]) ? first[0] : old;
    }

    internal string? FindEntity(string entity) => _wordsOf.TryGetValue(entity, out var slice) ? Find(slice, $"Audit.Entity.{entity}") : null;

    internal string? FindField(string entity, string field) =>
        (_wordsOf.TryGetValue(entity, out var slice) ? Find(slice, $"Audit.Field.{entity}.{field}") : null) ?? Find(typeof(AuditText), $"Field.*.{field}");

    /// <summary>Uses the resources of the enum's own slice, otherwise of any slice that has them, because roles belong to no slice.</summary>
    internal string? FindMember(Enum member)
    {
        var key = $"{member.GetType().Name}.{member}";
        return ValidatorNames.Word(member.GetType(), key) ?? _wordsOf.Values.Distinct().Select(w => Find(w, key)).FirstOrDefault(w => w is not null);
    }

    /// <summary>Several members of an enum of flags.</summary>
    private string Flags(Enum members) => string.Join(words["Act.Separator"], members.ToString().Split(", ")
        .Select(name => Enum.TryParse(members.GetType(), name, out var one) && FindMember((Enum)one) is { } word ? word : name));

    private string? Find(Type resource, string key) => localizers.Create(resource)[key] is { ResourceNotFound: false } word ? word.Value : null;
}
