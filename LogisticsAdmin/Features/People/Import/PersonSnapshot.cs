using System.Text.Json.Serialization;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.People.Import;

/// <summary>All values of a person that a spreadsheet can change: the current or new ones or, stored with a batch, the old ones for its undo.</summary>
/// <remarks>Snapshots stored by earlier versions are compared as text, so a value added later is left out where it says nothing new.</remarks>
internal sealed record PersonSnapshot(
    string FullName, Gender Gender, PersonStatus Status, string? StatusBecause, string? College, string? Major, string? ClassName, int? Grade,
    string? Phone, string? Email, long? RoomId, long? BedId, long? CrewId, IReadOnlyList<Role> Roles, bool IsDeleted, string? DeletedBecause,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsEmailUnconfirmed = false)
{
    /// <summary>The e-mail by which the person signs in.</summary>
    [JsonIgnore]
    public string? ConfirmedEmail => IsEmailUnconfirmed ? null : Email;

    public static PersonSnapshot Of(Person p, IReadOnlyList<Role> roles) => new(
        p.FullName, p.Gender, p.Status, p.StatusBecause, p.College, p.Major, p.ClassName, p.Grade, p.PhoneNumber, p.Email, p.RoomId, p.BedId, p.CrewId,
        roles, p.RetiredAt is not null, p.RetiredBecause, p.Email is not null && !p.EmailConfirmed);

    /// <summary>Sets the person to these values. Roles, occupancies and sign-in names are separate rows, stored by <see cref="PeopleWriter"/>.</summary>
    public void ApplyTo(Person p, DateTimeOffset at, long? by, bool rightsChange)
    {
        p.Describe(FullName, p.Number, Phone, Email);
        p.ConfirmEmail(!IsEmailUnconfirmed);
        p.SetStudies(Gender, College, Major, ClassName, Grade);
        p.SetStatus(Status, at, StatusBecause);
        p.JoinCrew(CrewId);
        p.MoveTo(RoomId, BedId);
        if (IsDeleted && p.RetiredAt is null) p.Retire(at, by, DeletedBecause ?? "");
        if (!IsDeleted && p.RetiredAt is not null) p.Restore();
        if (rightsChange) p.RenewStamp();
    }
}
