using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Media;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Account;

/// <summary>A person's own profile as shown to them.</summary>
public sealed record ProfileView(
    string FullName, string UserName, string? Number, string? Phone, string? Email, bool EmailConfirmed, string Language, bool DarkMode, bool HasPassword,
    long Version, long Id, DateTimeOffset? PictureAt);

/// <summary>One sign-in of the person, or one that failed under their name.</summary>
public sealed record SignInLine(DateTimeOffset At, SignInMethod Method, bool Succeeded, string? Address, string? Device);

/// <summary>A person's own data: contact, language, theme, picture, password, sign-ins. All methods apply to the acting person.</summary>
public sealed class ProfileService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, UserManager<Person> people, SignInManager<Person> signIn,
    PasswordVerification passwords, KnownBrowsers browsers, PictureProcessor pictures, TimeProvider clock)
{
    private const int ShownSignIns = 10;
    private static readonly ProfileFormValidator ProfileRules = new();
    private static readonly PasswordFormValidator PasswordRules = new();

    public async Task<ProfileView> ReadAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Users.AsNoTracking().Where(p => p.Id == me).Select(p => new ProfileView(
            p.FullName, p.UserName!, p.Number, p.PhoneNumber, p.Email, p.EmailConfirmed, p.Language, p.DarkMode, p.PasswordHash != null,
            p.Version, p.Id,
            db.Set<PersonPicture>().Where(i => i.PersonId == p.Id).Select(i => (DateTimeOffset?)i.ChangedAt).FirstOrDefault())).FirstAsync(ct);
    }

    /// <summary>The person's last sign-ins, the newest first.</summary>
    public async Task<IReadOnlyList<SignInLine>> SignInsAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<SignInRecord>().Where(r => r.PersonId == me).OrderByDescending(r => r.At).ThenByDescending(r => r.Id)
            .Take(ShownSignIns).Select(r => new SignInLine(r.At, r.Method, r.Succeeded, r.Address, r.Device)).ToListAsync(ct);
    }

    /// <summary>
    /// Stores contact, language and theme. Refuses as Stale when the person was changed meanwhile, as Rejected at the field. Another e-mail
    /// requires the current password, and signs in only once an administrator has confirmed it.
    /// </summary>
    public async Task SaveAsync(ProfileForm form, CancellationToken ct = default)
    {
        ProfileRules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        await DemandPasswordForEmailAsync(db, form, ct);
        var person = await db.WriteAsync(async token =>
        {
            var me = await MeAsync(db, token);
            if (me.Version != form.Version) throw await PersonRecords.StaleAsync(db, me, token);
            var isOther = me.IsOtherEmail(form.Email);
            me.SetOwnContact(form.Phone, form.Email);
            me.SetLanguage(form.Language ?? me.Language);
            if (form.Theme is { } theme and not PersonCookies.SystemTheme) me.SetDarkMode(theme == "dark");
            if (isOther) await PersonRecords.DemandFreeEmailAsync(db, me, token);
            db.Announce(new KeyChanged(PersonRecords.Topic, me.Id));
            return me;
        }, ct);
        if (form.Theme is { } chosen) signIn.Context.RememberTheme(chosen);
        signIn.Context.RememberLanguage(person.Language);
    }

    /// <summary>Stores the language for this browser and, when signed in, for the person.</summary>
    public Task SetLanguageAsync(string language, CancellationToken ct = default)
    {
        signIn.Context.RememberLanguage(language);
        return UpdateMeAsync(me => me.SetLanguage(language), ct);
    }

    /// <summary>Stores the theme for this browser and, if it is light or dark, for the person who is signed in.</summary>
    public Task SetThemeAsync(string theme, CancellationToken ct = default)
    {
        signIn.Context.RememberTheme(theme);
        return theme == PersonCookies.SystemTheme ? Task.CompletedTask : UpdateMeAsync(me => me.SetDarkMode(theme == "dark"), ct);
    }

    /// <summary>
    /// Stores the new password, ends every other session of the person and keeps this one. Refuses as Rejected at the field: old
    /// password wrong, new one weak, the same or typed differently the second time.
    /// </summary>
    public async Task ChangePasswordAsync(PasswordForm form, CancellationToken ct = default)
    {
        PasswordRules.Demand(form);
        var id = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var known = await db.Users.AsNoTracking().FirstAsync(p => p.Id == id, ct);
        await DemandNewPasswordAsync(known, form, ct);
        // Hashing is slow by design, so it happens before the write.
        var hash = await passwords.HashAsync(nameof(PasswordForm.New), known, form.New!, ct);
        var person = await db.WriteAsync(async token =>
        {
            var me = await MeAsync(db, token);
            if (me.PasswordHash != known.PasswordHash) throw await PersonRecords.StaleAsync(db, me, token);
            me.SetPassword(hash);
            return me;
        }, ct);
        await signIn.SignInWithClaimsAsync(person, isPersistent: true, user.ActorOrNull?.SessionId is { } here ? [Session.ClaimOf(here)] : []);
        browsers.Remember(signIn.Context, person);
    }

    /// <summary>Stores the middle of a picture as the person's portrait. Refuses at the field what is not a supported picture.</summary>
    public async Task SavePictureAsync(Stream upload, CancellationToken ct = default)
    {
        byte[] jpeg;
        try
        {
            jpeg = await pictures.PortraitAsync(upload, ct);
        }
        catch (PictureRefusedException refused)
        {
            throw refused.At("Picture");
        }
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var (me, now) = (user.PersonId, clock.GetUtcNow());
            if (await db.Set<PersonPicture>().FirstOrDefaultAsync(p => p.PersonId == me, token) is { } present) present.Replace(jpeg, now);
            else db.Add(new PersonPicture(me, jpeg, now));
        }, ct);
    }

    /// <summary>Removes the portrait; a letter is shown instead.</summary>
    public async Task RemovePictureAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token => db.RemoveRange(await db.Set<PersonPicture>().Where(p => p.PersonId == user.PersonId).ToListAsync(token)), ct);
    }

    /// <summary>A portrait as JPEG: staff see everyone's, residents their own. NotFound otherwise and when there is none.</summary>
    public async Task<byte[]> PictureAsync(long personId, CancellationToken ct = default)
    {
        if (personId != user.PersonId && !user.Actor.IsStaff) throw new NotFound();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Set<PersonPicture>().Where(p => p.PersonId == personId).Select(p => p.Jpeg).FirstOrDefaultAsync(ct) ?? throw new NotFound();
    }

    /// <summary>Before the write, because hashing is slow; the version that the form was opened with is checked again inside.</summary>
    private async Task DemandPasswordForEmailAsync(LogisticsDb db, ProfileForm form, CancellationToken ct)
    {
        var id = user.PersonId;
        var me = await db.Users.AsNoTracking().FirstAsync(p => p.Id == id, ct);
        if (me.Version != form.Version) throw await PersonRecords.StaleAsync(db, me, ct);
        if (!me.IsOtherEmail(form.Email)) return;
        if (me.PasswordHash is null) throw Rejected.At<AccountText>(nameof(ProfileForm.Email), "EmailNeedsPassword");
        if (string.IsNullOrEmpty(form.Password)) throw Rejected.At<AccountText>(nameof(ProfileForm.Password), "PasswordNeeded");
        await passwords.DemandAsync(nameof(ProfileForm.Password), me, form.Password, ct);
    }

    private async Task DemandNewPasswordAsync(Person person, PasswordForm form, CancellationToken ct)
    {
        if (person.PasswordHash is not null) await passwords.DemandAsync(nameof(PasswordForm.Old), person, form.Old, ct);
        if (form.New == form.Old) throw Rejected.At<AccountText>(nameof(PasswordForm.New), "PasswordSame");
        List<FieldProblem> problems = [];
        foreach (var validator in people.PasswordValidators)
        {
            var result = await validator.ValidateAsync(people, person, form.New);
            problems.AddRange(result.Errors.Select(e => new FieldProblem(nameof(PasswordForm.New), e.Code, typeof(AccountText), [], e.Description)));
        }
        if (problems.Count > 0) throw Rejected.Fields(problems);
        if (form.New != form.Repeat) throw Rejected.At<AccountText>(nameof(PasswordForm.Repeat), "PasswordsDiffer");
    }

    private async Task UpdateMeAsync(Action<Person> change, CancellationToken ct)
    {
        if (!user.IsKnown) return;
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token => change(await MeAsync(db, token)), ct);
    }

    private Task<Person> MeAsync(LogisticsDb db, CancellationToken ct)
    {
        var me = user.PersonId;
        return db.Users.Include(p => p.SignInNames).FirstAsync(p => p.Id == me, ct);
    }
}
