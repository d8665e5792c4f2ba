namespace LogisticsAdmin.Features.Repairs.Desk.Views;

/// <summary>Resources for the display settings of the desk: ViewsText.resx (English) and ViewsText.zh-CN.resx.</summary>
public sealed class ViewsText;
