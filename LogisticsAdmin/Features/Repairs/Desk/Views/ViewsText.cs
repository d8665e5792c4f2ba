namespace LogisticsAdmin.Features.Repairs.Desk.Views;

/// <summary>Resources for saved views and display settings: ViewsText.resx (English) and ViewsText.zh-CN.resx.</summary>
public sealed class ViewsText;
