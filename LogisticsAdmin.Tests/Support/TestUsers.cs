namespace LogisticsAdmin.Tests.Support;

/// <summary>The people of the tests, by user name in seeds/demo-people.json.</summary>
internal static class TestUsers
{
    public const string Administrator = "admin";
    public const string Manager = "manager";
    public const string Dispatcher = "dispatcher";

    /// <summary>A dispatcher who reads English.</summary>
    public const string EnglishDispatcher = "dispatcher.en";

    /// <summary>孙强 of the plumbing and power crew.</summary>
    public const string Technician = "technician";

    /// <summary>王小雨, who lives in 竹园3号楼 512.</summary>
    public const string Resident = "student";
}
