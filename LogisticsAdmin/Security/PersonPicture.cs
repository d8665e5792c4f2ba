namespace LogisticsAdmin.Security;

/// <summary>A person's picture as it is served: small, re-encoded, kept in the database so that a backup holds it.</summary>
public sealed class PersonPicture
{
    private PersonPicture() { }

    public PersonPicture(long personId, byte[] jpeg, DateTimeOffset at) => (PersonId, Jpeg, At) = (personId, jpeg, at);

    public long PersonId { get; private set; }
    public byte[] Jpeg { get; private set; } = [];

    /// <summary>Part of the picture's address, so that browsers may keep it.</summary>
    public DateTimeOffset At { get; private set; }

    public void Become(byte[] jpeg, DateTimeOffset at) => (Jpeg, At) = (jpeg, at);
}
