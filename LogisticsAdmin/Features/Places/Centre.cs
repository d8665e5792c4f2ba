namespace LogisticsAdmin.Features.Places;

/// <summary>中心: a department of the office.</summary>
public sealed class Centre : NamedEntity
{
    private Centre() { }

    public Centre(string code, string name, string nameEn) : base(code, name, nameEn) { }
}
