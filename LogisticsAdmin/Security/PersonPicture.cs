namespace LogisticsAdmin.Security;

/// <summary>A person's portrait, at most one each: a square JPEG without metadata, small enough for a row.</summary>
public sealed class PersonPicture
{
    private PersonPicture() { }

    public PersonPicture(long personId, byte[] jpeg, DateTimeOffset at) => (PersonId, Jpeg, ChangedAt) = (personId, jpeg, at);

    public long PersonId { get; private set; }
    public byte[] Jpeg { get; private set; } = [];

    /// <summary>Part of the picture's address, so that browsers can cache it.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    public void Replace(byte[] jpeg, DateTimeOffset at) => (Jpeg, ChangedAt) = (jpeg, at);
}
