namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>A photo of a ticket's event, or a draft of its uploader until the report it belongs to is accepted.</summary>
public sealed class RepairPhoto
{
    private RepairPhoto() { }

    public RepairPhoto(Guid key, long uploadedById, int width, int height, long bytes, DateTimeOffset at) =>
        (Key, UploadedById, Width, Height, Bytes, At) = (key, uploadedById, width, height, bytes, at);

    public long Id { get; private set; }

    /// <summary>The name of the files under the storage directory; random, so that it can't be guessed.</summary>
    public Guid Key { get; private set; }
    public long? TicketId { get; private set; }
    public RepairEvent? Event { get; private set; }
    public long? EventId { get; private set; }
    public long UploadedById { get; private set; }
    public int Width { get; private set; }
    public int Height { get; private set; }
    public long Bytes { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Copied from the event: photos of an internal note are internal too.</summary>
    public bool Internal { get; private set; }

    public void AttachTo(RepairTicket ticket, RepairEvent written)
    {
        (Ticket, Event, Internal) = (ticket, written, written.Internal);
    }

    public RepairTicket? Ticket { get; private set; }
}
