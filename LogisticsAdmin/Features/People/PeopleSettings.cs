namespace LogisticsAdmin.Features.People;

/// <summary>How an administrator likes the list of people; it applies on every device.</summary>
public sealed class PeopleSettings
{
    private PeopleSettings() { }

    public PeopleSettings(long personId, PeopleColumns columns) => (PersonId, Columns) = (personId, columns);

    public long PersonId { get; private set; }
    public PeopleColumns Columns { get; private set; }

    public void Show(PeopleColumns columns) => Columns = columns;
}
