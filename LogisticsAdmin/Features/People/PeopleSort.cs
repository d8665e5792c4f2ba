namespace LogisticsAdmin.Features.People;

/// <summary>Orders of the list; names stand in the order of a Chinese index.</summary>
public enum PeopleSort
{
    Name = 1,
    Number = 2,
    Class = 3,
    Changed = 4,
}
