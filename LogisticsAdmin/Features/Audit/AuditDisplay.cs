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
    private readonly Dictionary<string, Type> _wordsOf =
        slices.SelectMany(s => s.Entities, (s, e) => (e.Name, s.ResourceSource)).ToDictionary(p => p.Name, p => p.ResourceSource);

    public string Entity(string entity) => FindEntity(entity) ?? entity;

    public string Field(string entity, string field) => FindField(entity, field) ?? field;

    public string Actor(AuditRow row) => row.Actor ?? words["System"];

    public string Moment(DateTimeOffset at) => office.Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public string Value(object? value) => value switch
    {
        null => "",
        bool yes => words[yes ? "Yes" : "No"],
        DateTimeOffset moment => Moment(moment),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        Enum member => FindMember(member) ?? member.ToString(),
        ImportKind.UndoneReason => words["ImportUndone"],
        _ => value.ToString() ?? "",
    };

    internal string? FindEntity(string entity) => _wordsOf.TryGetValue(entity, out var slice) ? Find(slice, $"Audit.Entity.{entity}") : null;

    internal string? FindField(string entity, string field) =>
        (_wordsOf.TryGetValue(entity, out var slice) ? Find(slice, $"Audit.Field.{entity}.{field}") : null) ?? Find(typeof(AuditText), $"Field.*.{field}");

    /// <summary>Uses the resources of the enum's own slice, otherwise of any slice that has them, because roles belong to no slice.</summary>
    internal string? FindMember(Enum member)
    {
        var key = $"{member.GetType().Name}.{member}";
        return ValidatorNames.Word(member.GetType(), key) ?? _wordsOf.Values.Distinct().Select(w => Find(w, key)).FirstOrDefault(w => w is not null);
    }

    private string? Find(Type resource, string key) => localizers.Create(resource)[key] is { ResourceNotFound: false } word ? word.Value : null;
}
