namespace LogisticsAdmin.Security;

/// <summary>How somebody looks: a square JPEG without metadata, small enough for a row. One a person.</summary>
public sealed class PersonPicture
{
    private PersonPicture() { }

    public PersonPicture(long personId, byte[] jpeg, DateTimeOffset at) => (PersonId, Jpeg, ChangedAt) = (personId, jpeg, at);

    public long PersonId { get; private set; }
    public byte[] Jpeg { get; private set; } = [];

    /// <summary>Part of the picture's address, so that browsers keep each for good.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    public void Become(byte[] jpeg, DateTimeOffset at) => (Jpeg, ChangedAt) = (jpeg, at);
}
