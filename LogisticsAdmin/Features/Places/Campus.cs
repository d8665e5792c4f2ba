namespace LogisticsAdmin.Features.Places;

/// <summary>校区.</summary>
public sealed class Campus : NamedEntity
{
    private Campus() { }

    public Campus(string code, string name, string nameEn) : base(code, name, nameEn) { }
}
