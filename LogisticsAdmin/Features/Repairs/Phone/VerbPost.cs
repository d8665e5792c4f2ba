using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Components.Forms;

namespace LogisticsAdmin.Features.Repairs.Phone;

/// <summary>The fields of all small forms on a ticket's page.</summary>
internal sealed class VerbPost
{
    public Guid? Key { get; set; }

    /// <summary>Sent from the list of jobs, which the answer then returns to.</summary>
    public bool FromList { get; set; }
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

    /// <summary>
    /// Identifies what was sent with this form of this ticket. Files are compared by name and size, because each upload gets another key.
    /// </summary>
    public Guid? SentKey(string form, string number) => FormKey.Of(Key,
        [
            form, number, Note, Text, Internal, Reason, Hours, Why, Stars, Words,
            .. (Photos ?? []).Cast<object?>(), .. (Files ?? []).Select(f => $"{f.Name} {f.Size}"),
        ]);
}
