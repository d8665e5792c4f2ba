namespace LogisticsAdmin.Features.People;

/// <summary>Orders of the list; names are sorted by pinyin.</summary>
public enum PeopleSort
{
    Name = 1,
    Number = 2,
    Class = 3,
    Changed = 4,
}
