using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.People;

/// <summary>The state that the list shows: the <see cref="PersonStatus"/>, or 已删除 for deleted people.</summary>
public enum PersonState
{
    Expected = 1,
    Active = 2,
    Disabled = 3,
    Graduated = 4,
    Deleted = 5,
}
