using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Items;

/// <summary>常用模板: a prepared text with {placeholders} for an item of a column.</summary>
public sealed class NewsTemplate : Versioned, IRetirable, IAudited
{
    private NewsTemplate() { }

    /// <param name="code">Opens the template by address, such as water-cut; never changes.</param>
    public NewsTemplate(string code) => Code = code;

    public string Code { get; private set; } = "";
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public long ColumnId { get; private set; }
    public string Title { get; private set; } = "";
    public string TitleEn { get; private set; } = "";
    public string Body { get; private set; } = "";
    public string BodyEn { get; private set; } = "";

    /// <summary>The outage that an item of this template announces; null for other templates.</summary>
    public OutageKind? Outage { get; private set; }
    public bool IsUrgent { get; private set; }
    public bool NeedsConfirmation { get; private set; }
    public DateTimeOffset? RetiredAt { get; private set; }
    public long? RetiredById { get; private set; }

    public LocalName LocalName => new(Name, NameEn);

    public void Describe(LocalName name, long columnId, LocalName title, LocalName body)
    {
        (Name, NameEn, ColumnId) = (CleanText.Clean(name.Zh), CleanText.Clean(name.En), columnId);
        (Title, TitleEn, Body, BodyEn) = (title.Zh.Trim(), title.En.Trim(), body.Zh.Trim(), body.En.Trim());
    }

    public void Prepare(OutageKind? outage, bool isUrgent, bool needsConfirmation) =>
        (Outage, IsUrgent, NeedsConfirmation) = (outage, isUrgent, needsConfirmation);

    public void Retire(long by, DateTimeOffset at) => (RetiredAt, RetiredById) = (at, by);

    public void Restore() => (RetiredAt, RetiredById) = (null, null);
}
