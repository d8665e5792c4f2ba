namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>Whether a setting is offered.</summary>
public enum SettingState
{
    Current = 1,
    Retired = 2,
}
