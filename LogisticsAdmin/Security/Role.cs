namespace LogisticsAdmin.Security;

/// <summary>A person has one role or several.</summary>
public enum Role
{
    Administrator = 1,
    Manager = 2,
    Dispatcher = 3,
    Technician = 4,
    Resident = 5,
}
