namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>An action on a crew, category or visit slot that can be undone.</summary>
public enum SettingAct
{
    Edit = 1,
    Retire = 2,
    Restore = 3,
}
