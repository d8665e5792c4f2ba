namespace LogisticsAdmin.Features.People;

/// <summary>Columns that can be shown besides name and state.</summary>
[Flags]
public enum PeopleColumns
{
    UserName = 1,
    Number = 2,
    Roles = 4,
    Gender = 8,
    College = 16,
    Class = 32,
    Home = 64,
    Phone = 128,
    Crew = 256,
    Changed = 512,
}
