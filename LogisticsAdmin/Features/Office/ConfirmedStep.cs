using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Office;

/// <summary>A first step whose suggestion an administrator confirmed.</summary>
public sealed class ConfirmedStep : Versioned
{
    private ConfirmedStep() { }

    public ConfirmedStep(string key, DateTimeOffset at, long byId) => (Key, At, ById) = (key, at, byId);

    public string Key { get; private set; } = "";
    public DateTimeOffset At { get; private set; }
    public long ById { get; private set; }
}
