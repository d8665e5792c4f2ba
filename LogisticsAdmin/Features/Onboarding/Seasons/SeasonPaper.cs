using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>须知、承诺书: a text that each student reads and confirms. What somebody confirmed is never changed, see <see cref="PaperReceipt"/>.</summary>
public sealed class SeasonPaper : Versioned, IAudited
{
    private SeasonPaper() { }

    public SeasonPaper(long seasonId, LocalName title, LocalName text)
    {
        SeasonId = seasonId;
        Write(title, text);
    }

    public long SeasonId { get; private set; }
    public string Title { get; private set; } = "";
    public string TitleEn { get; private set; } = "";
    public string Text { get; private set; } = "";
    public string TextEn { get; private set; } = "";

    public LocalName LocalTitle => new(Title, TitleEn);
    public LocalName LocalText => new(Text, TextEn);

    public void Write(LocalName title, LocalName text)
    {
        (Title, TitleEn) = (CleanText.Clean(title.Zh), CleanText.Clean(title.En));
        (Text, TextEn) = (text.Zh.Trim(), text.En.Trim());
    }
}

/// <summary>Who confirmed a paper, and when; never changed.</summary>
public sealed class PaperReceipt
{
    private PaperReceipt() { }

    public PaperReceipt(long freshmanId, long paperId, DateTimeOffset at) => (FreshmanId, PaperId, At) = (freshmanId, paperId, at);

    public long Id { get; private set; }
    public long FreshmanId { get; private set; }
    public long PaperId { get; private set; }
    public DateTimeOffset At { get; private set; }
}
