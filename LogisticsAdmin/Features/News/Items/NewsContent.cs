namespace LogisticsAdmin.Features.News.Items;

/// <summary>
/// What readers see, in both languages: title, summary, and the body as Markdown. Of the two languages one may be empty. Kept as typed, with
/// line ends as \n.
/// </summary>
public sealed record NewsContent(string Title, string TitleEn, string Summary, string SummaryEn, string Body, string BodyEn)
{
    public static readonly NewsContent Empty = new("", "", "", "", "", "");

    public bool HasChinese => Title.Length > 0 && Body.Length > 0;
    public bool HasEnglish => TitleEn.Length > 0 && BodyEn.Length > 0;

    /// <summary>The title of the language that has one, Chinese first.</summary>
    public string AnyTitle => Title.Length > 0 ? Title : TitleEn;
}
