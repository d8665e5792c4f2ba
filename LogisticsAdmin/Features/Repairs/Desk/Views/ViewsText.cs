namespace LogisticsAdmin.Features.Repairs.Desk.Views;

/// <summary>Marker of the words of views and looks: ViewsText.resx (English) and ViewsText.zh-CN.resx.</summary>
public sealed class ViewsText;
