namespace LogisticsAdmin.Features.Places;

public enum BuildingKind
{
    Dormitory = 1,
    Teaching = 2,
    Library = 3,
    Office = 4,
    Other = 5,
}
