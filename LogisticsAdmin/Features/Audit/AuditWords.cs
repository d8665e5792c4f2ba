using System.Globalization;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Audit;

/// <summary>Puts the log into the reader's words; what has none keeps its technical name.</summary>
public sealed class AuditWords(IStringLocalizer<AuditText> words, OfficeTime office)
{
    public string Entity(string entity) => Find($"Entity.{entity}") ?? entity;

    public string Field(string entity, string field) => Find($"Field.{entity}.{field}") ?? Find($"Field.*.{field}") ?? field;

    public string Actor(AuditRow row) => row.Actor ?? words["System"];

    public string Moment(DateTimeOffset at) => office.Local(at).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public string Value(object? value) => value switch
    {
        null => "",
        bool yes => words[yes ? "Yes" : "No"],
        DateTimeOffset moment => Moment(moment),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        Enum member => Member(member),
        ImportKind.UndoneReason => words["ImportUndone"],
        _ => value.ToString() ?? "",
    };

    /// <summary>A member's own words, else those of the slice it belongs to.</summary>
    private string Member(Enum member)
    {
        var key = $"{member.GetType().Name}.{member}";
        return Find(key) ?? ValidatorNames.Word(member.GetType(), key) ?? member.ToString();
    }

    private string? Find(string key) => words[key] is { ResourceNotFound: false } word ? word.Value : null;
}
