using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.People;

/// <summary>Where somebody stands, as the list says it: their <see cref="PersonStatus"/>, or 已删除 whatever it was.</summary>
public enum PersonState
{
    Expected = 1,
    Active = 2,
    Disabled = 3,
    Graduated = 4,
    Deleted = 5,
}
