using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Office;

/// <summary>What the office is called and how it is reached. There is at most one row.</summary>
public sealed class OfficeProfile : Versioned, IAudited
{
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public string? Phone { get; private set; }
    public string? Email { get; private set; }

    /// <summary>When and where somebody can be reached, in words.</summary>
    public string Hours { get; private set; } = "";
    public string HoursEn { get; private set; } = "";

    public void Set(OfficeForm form)
    {
        (Name, NameEn) = (CleanText.Clean(form.Name), CleanText.Clean(form.NameEn));
        (Phone, Email) = (NullIfEmpty(form.Phone), NullIfEmpty(form.Email));
        (Hours, HoursEn) = (CleanText.Clean(form.Hours), CleanText.Clean(form.HoursEn));
    }

    private static string? NullIfEmpty(string? typed) => CleanText.Clean(typed) is { Length: > 0 } text ? text : null;
}
