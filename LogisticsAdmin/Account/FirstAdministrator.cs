using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Account;

/// <summary>
/// The code by which an installation gets its first administrator. It works once, within a day, until the process ends or there
/// is an administrator. Only its hash is kept, and only in memory: after a restart the old code no longer works.
/// </summary>
public sealed class FirstAdministrator(TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private sealed record Code(string Hash, DateTimeOffset Until);

    private readonly Lock _lock = new();
    private Code? _code;

    /// <summary>A new code; the one before is no longer accepted.</summary>
    public string Issue()
    {
        var code = OneTimeCode.New();
        lock (_lock) _code = new Code(OneTimeCode.Hash(code), clock.GetUtcNow() + Lifetime);
        return code;
    }

    public bool Accepts(string? code)
    {
        lock (_lock) return IsValid(code);
    }

    /// <summary>Whether there is a code that would be accepted.</summary>
    public bool IsOpen
    {
        get
        {
            lock (_lock) return _code is { } issued && clock.GetUtcNow() < issued.Until;
        }
    }

    /// <summary>Uses the code to create the administrator. When the form is refused or fails, the code stays valid.</summary>
    public async Task<long> RedeemAsync(string? code, AdministratorForm form, Administrators administrators, CancellationToken ct = default)
    {
        Code? taken;
        lock (_lock)
        {
            if (!IsOpen) throw Rejected.Because<AccountText>("SetupOver");
            if (!IsValid(code)) throw Rejected.At<AccountText>(nameof(AdministratorForm.Code), "SetupCodeWrong");
            (taken, _code) = (_code, null);
        }
        try
        {
            return await administrators.CreateFirstAsync(form, ct);
        }
        catch (Exception e) when (e is not Rejected { Code: "SetupOver" })
        {
            lock (_lock) _code ??= taken;
            throw;
        }
    }

    private bool IsValid(string? code) =>
        !string.IsNullOrEmpty(code) && IsOpen && OneTimeCode.Hash(code) == _code!.Hash;
}
