using LogisticsAdmin.Features.Repairs.Tickets;
using Microsoft.AspNetCore.Components.Forms;

namespace LogisticsAdmin.Features.Repairs.Phone;

/// <summary>The fields of all small forms on a ticket's page.</summary>
internal sealed class VerbPost
{
    public string? Note { get; set; }
    public string? Text { get; set; }
    public bool Internal { get; set; }
    public HoldReason? Reason { get; set; }
    public decimal? Hours { get; set; }
    public string? Why { get; set; }
    public int? Stars { get; set; }
    public string? Words { get; set; }
    public List<Guid>? Photos { get; set; }
    public IReadOnlyList<IBrowserFile>? Files { get; set; }
}
