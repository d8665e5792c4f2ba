using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.People;

/// <summary>The directory as a file.</summary>
internal static class PeopleExport
{
    /// <summary>Every column; with <paramref name="chosen"/>, name, state and those.</summary>
    public static IReadOnlyList<ExportColumn<PersonRow>> Columns(IStringLocalizer words, PeopleColumns? chosen = null)
    {
        return [.. All().Where(c => chosen is not { } some || c.Of is null || some.HasFlag(c.Of.Value)).Select(c => c.Column)];

        IEnumerable<(ExportColumn<PersonRow> Column, PeopleColumns? Of)> All() =>
        [
            (new(words["Field.FullName"], p => p.FullName), null),
            (new(words["Field.UserName"], p => p.UserName), PeopleColumns.UserName),
            (new(words["Field.Number"], p => p.Number), PeopleColumns.Number),
            (new(words["Field.Roles"], p => string.Join(words["ListSeparator"], p.Roles.Select(r => words[$"Role.{r}"].Value))), PeopleColumns.Roles),
            (new(words["Field.Gender"], p => words[$"Gender.{p.Gender}"].Value), PeopleColumns.Gender),
            (new(words["Field.College"], p => p.College), PeopleColumns.College),
            (new(words["Field.Major"], p => p.Major), PeopleColumns.College),
            (new(words["Field.ClassName"], p => p.ClassName), PeopleColumns.Class),
            (new(words["Field.Grade"], p => p.Grade, ColumnFormat.Whole), PeopleColumns.Class),
            (new(words["Building"], p => p.Building), PeopleColumns.Home),
            (new(words["Field.RoomId"], p => p.Room), PeopleColumns.Home),
            (new(words["Field.BedId"], p => p.Bed), PeopleColumns.Home),
            (new(words["Field.Phone"], p => p.Phone), PeopleColumns.Phone),
            (new(words["Field.Email"], p => p.Email), PeopleColumns.Phone),
            (new(words["Field.CrewId"], p => p.Crew), PeopleColumns.Crew),
            (new(words["State"], p => words[$"PersonState.{p.State}"].Value), null),
            (new(words["Changed"], p => p.ChangedAt, ColumnFormat.Moment), PeopleColumns.Changed),
        ];
    }
}
