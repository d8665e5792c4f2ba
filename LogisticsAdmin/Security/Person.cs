using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;

namespace LogisticsAdmin.Security;

/// <summary>
/// Anyone who signs in or is named in a record, staff and residents alike. Never deleted: 标记删除 retires a person, frees their number and
/// names, and keeps their history.
/// </summary>
public sealed class Person : IdentityUser<long>, IRetirable, IAudited, ISearchable
{
    /// <summary>What people are called everywhere once they are anonymised. A stored name has one form for all readers.</summary>
    public const string FormerName = "已注销用户 Former user";

    private readonly List<SignInName> _signInNames = [];

    private Person() { }

    public Person(string userName, string fullName, string? number = null)
    {
        UserName = CleanText.Clean(userName);
        FullName = CleanText.PersonName(fullName);
        Number = NullIfEmpty(number);
        (Pinyin, Initials) = Shared.Pinyin.OfName(FullName);
        LockoutEnabled = true;
        SecurityStamp = Guid.NewGuid().ToString("N");
        ClaimSignInNames();
    }

    public long Version { get; private set; }
    public string FullName { get; private set; } = "";

    /// <summary>Student or staff number (学号/工号); unique among those who are not retired.</summary>
    public string? Number { get; private set; }

    public PersonStatus Status { get; private set; } = PersonStatus.Active;

    /// <summary>When the status became 已毕业.</summary>
    [NotAudited]
    public DateTimeOffset? GraduatedAt { get; private set; }

    /// <summary>When everything that names the person was removed for good. Only their history is left, under <see cref="FormerName"/>.</summary>
    [NotAudited]
    public DateTimeOffset? AnonymisedAt { get; private set; }

    /// <summary>Why the person was disabled.</summary>
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

    /// <summary>Surname and given name in pinyin, separated by a space; for searching and sorting.</summary>
    [NotAudited]
    public string Pinyin { get; private set; } = "";

    /// <summary>First letter of each syllable: zs for 张三.</summary>
    [NotAudited]
    public string Initials { get; private set; } = "";

    /// <summary>Where a resident lives now; the history is in their occupancies.</summary>
    public long? RoomId { get; private set; }
    public long? BedId { get; private set; }

    /// <summary>The crew a technician works in.</summary>
    public long? CrewId { get; private set; }

    [NotAudited]
    public string Language { get; private set; } = Languages.Chinese;

    [NotAudited]
    public bool DarkMode { get; private set; }

    /// <summary>Whether an urgent message sounds on office pages.</summary>
    [NotAudited]
    public bool AlertSound { get; private set; }
    public bool MustChangePassword { get; private set; }

    /// <summary>SHA-256 of a one-time code that replaces the password; see <see cref="OneTimeCode"/>.</summary>
    [NotAudited]
    public string? SlipHash { get; private set; }
    public DateTimeOffset? SlipExpiresAt { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }
    public string? RetiredBecause { get; private set; }

    /// <summary>What the person may sign in with: user name, number and confirmed e-mail, all in one namespace.</summary>
    public IReadOnlyCollection<SignInName> SignInNames => _signInNames;

    /// <summary>The e-mail by which the person signs in.</summary>
    public string? ConfirmedEmail => EmailConfirmed ? Email : null;

    public bool MaySignIn => RetiredAt is null && Status is PersonStatus.Expected or PersonStatus.Active;

    /// <summary>What search finds a person by. People often give only the last four digits of a phone number.</summary>
    public string SearchText => AnonymisedAt is not null ? "" : string.Join(
        '\n', FullName, UserName, Number, PhoneNumber, PhoneNumber is { Length: > 4 } phone ? phone[^4..] : null,
        Pinyin.Replace(" ", ""), Pinyin, Initials, ClassName, Email);

    /// <summary>What the office records. A new e-mail is confirmed thereby; the one that the person has stays as it is.</summary>
    public void Describe(string fullName, string? number, string? phone, string? email)
    {
        FullName = CleanText.PersonName(fullName);
        (Pinyin, Initials) = Shared.Pinyin.OfName(FullName);
        Number = NullIfEmpty(number);
        SetContact(phone, email, isConfirmed: true);
    }

    /// <summary>What people change themselves: a new e-mail is no sign-in name until it is confirmed, or anybody could take somebody else's.</summary>
    public void SetOwnContact(string? phone, string? email) => SetContact(phone, email, isConfirmed: false);

    /// <summary>Makes the e-mail a sign-in name, or with false a mere contact.</summary>
    public void ConfirmEmail(bool isConfirmed = true)
    {
        EmailConfirmed = isConfirmed && Email is not null;
        ClaimSignInNames();
    }

    /// <summary>Whether a form names another address than the person has; capitals don't matter.</summary>
    public bool IsOtherEmail(string? typed) => NullIfEmpty(typed)?.ToUpperInvariant() != Email?.ToUpperInvariant();

    public void SetStudies(Gender gender, string? college, string? major, string? className, int? grade) =>
        (Gender, College, Major, ClassName, Grade) = (gender, NullIfEmpty(college), NullIfEmpty(major), NullIfEmpty(className), grade);

    /// <summary>Only Places calls this; it keeps the history.</summary>
    public void MoveTo(long? roomId, long? bedId = null) => (RoomId, BedId) = (roomId, bedId);

    /// <summary>Ends every session of a person who may no longer sign in.</summary>
    public void SetStatus(PersonStatus status, DateTimeOffset at, string? because = null)
    {
        if (Status == status && StatusBecause == NullIfEmpty(because)) return;
        if (Status != status) GraduatedAt = status == PersonStatus.Graduated ? at : null;
        (Status, StatusBecause) = (status, NullIfEmpty(because));
        if (!MaySignIn) RenewStamp();
    }

    public void SetLanguage(string language) => Language = Languages.Known(language);

    public void SetDarkMode(bool darkMode) => DarkMode = darkMode;

    public void SetAlertSound(bool alertSound) => AlertSound = alertSound;

    /// <summary>The crew decides what a technician may see, so open sessions end.</summary>
    public void JoinCrew(long? crewId)
    {
        if (CrewId == crewId) return;
        CrewId = crewId;
        RenewStamp();
    }

    public void RequirePasswordChange() => MustChangePassword = true;

    public void CompletePasswordChange() => MustChangePassword = false;

    /// <summary>A password the person chose: ends a required change, a one-time code and every session.</summary>
    public void SetPassword(string hash)
    {
        PasswordHash = hash;
        (SlipHash, SlipExpiresAt) = (null, null);
        CompletePasswordChange();
        RenewStamp();
    }

    /// <summary>Removes password and one-time code and ends every session; an administrator can issue a code again.</summary>
    public void RemovePassword()
    {
        PasswordHash = null;
        (SlipHash, SlipExpiresAt) = (null, null);
        RenewStamp();
    }

    /// <summary>Replaces the password by a code that works once until it expires; then the person must choose a password.</summary>
    public void SetOneTimeCode(string hash, DateTimeOffset expires)
    {
        PasswordHash = null;
        (SlipHash, SlipExpiresAt) = (hash, expires);
        (LockoutEnd, AccessFailedCount) = (null, 0);
        RequirePasswordChange();
        RenewStamp();
    }

    /// <summary>True once, for the right code before it expires.</summary>
    public bool UseOneTimeCode(string hash, DateTimeOffset now)
    {
        if (SlipHash is null || SlipHash != hash || SlipExpiresAt < now) return false;
        (SlipHash, SlipExpiresAt) = (null, null);
        (LockoutEnd, AccessFailedCount) = (null, 0);
        return true;
    }

    /// <summary>
    /// Counts a password that was right or wrong, and locks the account after so many failures. Returns until when it is locked, whatever the
    /// password was; null when it is not.
    /// </summary>
    public DateTimeOffset? CountAttempt(bool isRight, int maxFailures, TimeSpan lockout, DateTimeOffset now)
    {
        if (LockoutEnd > now) return LockoutEnd;
        if (isRight) AccessFailedCount = 0;
        else if (++AccessFailedCount >= maxFailures) (LockoutEnd, AccessFailedCount) = (now + lockout, 0);
        return LockoutEnd > now ? LockoutEnd : null;
    }

    /// <summary>Ends every session: cookies and circuits carry the old stamp.</summary>
    public void RenewStamp() => SecurityStamp = Guid.NewGuid().ToString("N");

    public void Retire(DateTimeOffset at, long? by, string because)
    {
        (RetiredAt, RetiredById, RetiredBecause) = (at, by, because);
        _signInNames.Clear();
        RenewStamp();
    }

    /// <summary>
    /// Removes for good whatever names or describes the person and every way to sign in. Tickets and other history stay theirs. The caller
    /// removes what is stored elsewhere.
    /// </summary>
    public void Anonymise(DateTimeOffset at)
    {
        (RetiredAt, AnonymisedAt) = (RetiredAt ?? at, at);
        (FullName, Pinyin, Initials) = (FormerName, "", "");
        UserName = string.Create(CultureInfo.InvariantCulture, $"former-{Id}");
        Number = null;
        SetContact(null, null, isConfirmed: false);
        SetStudies(Gender.Unknown, null, null, null, null);
        JoinCrew(null);
        (StatusBecause, RetiredBecause) = (null, null);
        (LockoutEnd, AccessFailedCount, MustChangePassword) = (null, 0, false);
        _signInNames.Clear();
        RemovePassword();
    }

    public void Restore()
    {
        (RetiredAt, RetiredById, RetiredBecause) = (null, null, null);
        ClaimSignInNames();
        RenewStamp();
    }

    private void SetContact(string? phone, string? email, bool isConfirmed)
    {
        var isOther = IsOtherEmail(email);
        (PhoneNumber, Email) = (NullIfEmpty(phone), NullIfEmpty(email));
        NormalizedEmail = Email?.ToUpperInvariant();
        ConfirmEmail(isOther ? isConfirmed : EmailConfirmed);
    }

    private static string? NullIfEmpty(string? typed) => CleanText.Clean(typed) is { Length: > 0 } clean ? clean : null;

    private void ClaimSignInNames()
    {
        NormalizedUserName = UserName?.ToUpperInvariant();
        if (RetiredAt is not null) return;
        var wanted = new[] { UserName, Number, ConfirmedEmail }
            .Where(n => !string.IsNullOrEmpty(n)).Select(n => SignInName.Normalize(n!)).ToHashSet();
        _signInNames.RemoveAll(n => !wanted.Contains(n.Name));
        wanted.ExceptWith(_signInNames.Select(n => n.Name));
        _signInNames.AddRange(wanted.Select(n => new SignInName(n)));
    }
}
