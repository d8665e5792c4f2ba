namespace LogisticsAdmin.Features.News.Items;

/// <summary>The right "may publish" of a dispatcher or manager. Administrators have it always.</summary>
public sealed class NewsPublisher
{
    private NewsPublisher() { }

    public NewsPublisher(long personId, long grantedById, DateTimeOffset at) => (PersonId, GrantedById, GrantedAt) = (personId, grantedById, at);

    public long PersonId { get; private set; }
    public long GrantedById { get; private set; }
    public DateTimeOffset GrantedAt { get; private set; }
}
