namespace LogisticsAdmin.Features.Places;

/// <summary>楼栋.</summary>
public sealed class Building : NamedEntity
{
    private Building() { }

    public Building(Campus campus, string code, string name, string nameEn, BuildingKind kind) : base(code, name, nameEn) =>
        (Campus, Kind) = (campus, kind);

    public long CampusId { get; private set; }
    public Campus Campus { get; private set; } = null!;
    public BuildingKind Kind { get; private set; }

    public void SetKind(BuildingKind kind) => Kind = kind;
}
