using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;

namespace LogisticsAdmin.Security;

/// <summary>Anyone who signs in or is named in a record: staff and residents alike. Retires, is never deleted.</summary>
public sealed class Person : IdentityUser<long>, IRetirable, IAudited
{
    private readonly List<SignInName> _signInNames = [];

    private Person() { }

    public Person(string userName, string fullName, string? number = null)
    {
        UserName = CleanText.Code(userName);
        FullName = CleanText.Code(fullName);
        Number = CleanText.Code(number) is { Length: > 0 } given ? given : null;
        LockoutEnabled = true;
        SecurityStamp = Guid.NewGuid().ToString("N");
        ClaimSignInNames();
    }

    public long Version { get; private set; }
    public string FullName { get; private set; } = "";

    /// <summary>Student or staff number (学号/工号); unique among the living.</summary>
    public string? Number { get; private set; }

    /// <summary>Where a resident lives.</summary>
    public long? RoomId { get; private set; }

    /// <summary>The crew a technician works in.</summary>
    public long? CrewId { get; private set; }

    public string Language { get; private set; } = Languages.Chinese;
    public bool DarkMode { get; private set; }
    public bool MustChangePassword { get; private set; }

    /// <summary>SHA-256 of a one-time code that stands in for a password; see <see cref="OneTimeCode"/>.</summary>
    [NotAudited]
    public string? SlipHash { get; private set; }
    public DateTimeOffset? SlipExpiresAt { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }
    public string? RetiredBecause { get; private set; }

    /// <summary>What this person may type into the sign-in form: user name, number, e-mail, all in one namespace.</summary>
    public IReadOnlyCollection<SignInName> SignInNames => _signInNames;

    public void Describe(string fullName, string? number, string? phone, string? email)
    {
        FullName = CleanText.Code(fullName);
        Number = CleanText.Code(number) is { Length: > 0 } given ? given : null;
        PhoneNumber = CleanText.Code(phone) is { Length: > 0 } p ? p : null;
        Email = CleanText.Code(email) is { Length: > 0 } e ? e : null;
        NormalizedEmail = Email?.ToUpperInvariant();
        ClaimSignInNames();
    }

    public void LiveIn(long? roomId) => RoomId = roomId;

    public void Speak(string language) => Language = Languages.Known(language);

    public void Prefer(bool darkMode) => DarkMode = darkMode;

    /// <summary>Work in a crew. Changes what the person may do, so open sessions are asked again.</summary>
    public void JoinCrew(long? crewId)
    {
        if (CrewId == crewId) return;
        CrewId = crewId;
        RenewStamp();
    }

    public void DemandNewPassword() => MustChangePassword = true;

    public void HasNewPassword() => MustChangePassword = false;

    /// <summary>A password of the person's own choice: ends a demanded change, a printed code and every open session.</summary>
    public void SetPassword(string hash)
    {
        PasswordHash = hash;
        (SlipHash, SlipExpiresAt) = (null, null);
        HasNewPassword();
        RenewStamp();
    }

    /// <summary>From now on only this code opens the door, once, until it expires; then a password must be chosen.</summary>
    public void HandSlip(string hash, DateTimeOffset expires)
    {
        PasswordHash = null;
        (SlipHash, SlipExpiresAt) = (hash, expires);
        (LockoutEnd, AccessFailedCount) = (null, 0);
        DemandNewPassword();
        RenewStamp();
    }

    /// <summary>True once, for the right code in time; the code is used up by it.</summary>
    public bool TakeSlip(string hash, DateTimeOffset now)
    {
        if (SlipHash is null || SlipHash != hash || SlipExpiresAt < now) return false;
        (SlipHash, SlipExpiresAt) = (null, null);
        (LockoutEnd, AccessFailedCount) = (null, 0);
        return true;
    }

    /// <summary>Signs the person out of everything: every cookie and circuit carries the old stamp.</summary>
    public void RenewStamp() => SecurityStamp = Guid.NewGuid().ToString("N");

    public void Retire(DateTimeOffset at, long? by, string because)
    {
        (RetiredAt, RetiredById, RetiredBecause) = (at, by, because);
        _signInNames.Clear();
        RenewStamp();
    }

    public void Restore()
    {
        (RetiredAt, RetiredById, RetiredBecause) = (null, null, null);
        ClaimSignInNames();
        RenewStamp();
    }

    private void ClaimSignInNames()
    {
        NormalizedUserName = UserName?.ToUpperInvariant();
        if (RetiredAt is not null) return;
        var wanted = new[] { UserName, Number, Email }
            .Where(n => !string.IsNullOrEmpty(n)).Select(n => SignInName.Normalize(n!)).ToHashSet();
        _signInNames.RemoveAll(n => !wanted.Contains(n.Name));
        wanted.ExceptWith(_signInNames.Select(n => n.Name));
        _signInNames.AddRange(wanted.Select(n => new SignInName(n)));
    }
}

/// <summary>One entry of the sign-in namespace. The database keeps it unique; a retired person gives theirs back.</summary>
public sealed class SignInName
{
    private SignInName() { }

    public SignInName(string name) => Name = name;

    public string Name { get; private set; } = "";
    public long PersonId { get; private set; }

    public static string Normalize(string typed) => CleanText.Code(typed).ToUpperInvariant();
}
