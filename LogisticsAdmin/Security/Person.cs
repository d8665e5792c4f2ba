using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;

namespace LogisticsAdmin.Security;

/// <summary>Where a person stands with the university.</summary>
public enum PersonStatus
{
    /// <summary>未报到: comes, and may sign in to prepare for it.</summary>
    Expected = 1,

    /// <summary>在册.</summary>
    Active = 2,

    /// <summary>停用: may not sign in until somebody lets them again.</summary>
    Disabled = 3,

    /// <summary>已毕业: left for good, with all their history.</summary>
    Graduated = 4,
}

public enum Gender
{
    Unknown = 0,
    Male = 1,
    Female = 2,
}

/// <summary>
/// Anyone who signs in or is named in a record: staff and residents alike. Is never deleted: 标记删除 retires them, frees their number and
/// names, and keeps their history.
/// </summary>
public sealed class Person : IdentityUser<long>, IRetirable, IAudited, ISearchable
{
    private readonly List<SignInName> _signInNames = [];

    private Person() { }

    public Person(string userName, string fullName, string? number = null)
    {
        UserName = CleanText.Code(userName);
        FullName = CleanText.Code(fullName);
        Number = Given(number);
        (Pinyin, Initials) = Shared.Pinyin.OfName(FullName);
        LockoutEnabled = true;
        SecurityStamp = Guid.NewGuid().ToString("N");
        ClaimSignInNames();
    }

    public long Version { get; private set; }
    public string FullName { get; private set; } = "";

    /// <summary>Student or staff number (学号/工号); unique among the living.</summary>
    public string? Number { get; private set; }

    public PersonStatus Status { get; private set; } = PersonStatus.Active;

    /// <summary>Why somebody was disabled.</summary>
    public string? StatusBecause { get; private set; }

    public Gender Gender { get; private set; }

    /// <summary>学院, or the department of staff.</summary>
    public string? College { get; private set; }

    /// <summary>专业.</summary>
    public string? Major { get; private set; }

    /// <summary>班级.</summary>
    public string? ClassName { get; private set; }

    /// <summary>年级: the year in which the studies began.</summary>
    public int? Grade { get; private set; }

    /// <summary>How the name is read, surname and given name apart: finds and orders people.</summary>
    [NotAudited]
    public string Pinyin { get; private set; } = "";

    /// <summary>The first letter of each syllable: zs for 张三.</summary>
    [NotAudited]
    public string Initials { get; private set; } = "";

    /// <summary>Where a resident lives now; the history is kept as occupancies.</summary>
    public long? RoomId { get; private set; }
    public long? BedId { get; private set; }

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

    public bool MaySignIn => RetiredAt is null && Status is PersonStatus.Expected or PersonStatus.Active;

    /// <summary>What the directory's search finds somebody by; the last four digits of a phone are how people say it.</summary>
    public string SearchText => string.Join('\n', FullName, UserName, Number, PhoneNumber, PhoneNumber is { Length: > 4 } phone ? phone[^4..] : null,
        Pinyin.Replace(" ", ""), Pinyin, Initials, ClassName, Email);

    public void Describe(string fullName, string? number, string? phone, string? email)
    {
        FullName = CleanText.Code(fullName);
        (Pinyin, Initials) = Shared.Pinyin.OfName(FullName);
        (Number, PhoneNumber, Email) = (Given(number), Given(phone), Given(email));
        NormalizedEmail = Email?.ToUpperInvariant();
        ClaimSignInNames();
    }

    public void Study(Gender gender, string? college, string? major, string? className, int? grade) =>
        (Gender, College, Major, ClassName, Grade) = (gender, Given(college), Given(major), Given(className), grade);

    /// <summary>Where the person lives from now on. Only Places moves people, and keeps the history.</summary>
    public void LiveIn(long? roomId, long? bedId = null) => (RoomId, BedId) = (roomId, bedId);

    /// <summary>Changes where the person stands. Whoever may not sign in any more is signed out of everything.</summary>
    public void Become(PersonStatus status, string? because = null)
    {
        if (Status == status && StatusBecause == Given(because)) return;
        (Status, StatusBecause) = (status, Given(because));
        if (!MaySignIn) RenewStamp();
    }

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

    private static string? Given(string? typed) => CleanText.Code(typed) is { Length: > 0 } given ? given : null;

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

    /// <summary>For writing in bulk, where nobody sets the person for it.</summary>
    public static SignInName Of(string normalized, long personId) => new(normalized) { PersonId = personId };

    public string Name { get; private set; } = "";
    public long PersonId { get; private set; }

    public static string Normalize(string typed) => CleanText.Code(typed).ToUpperInvariant();
}
