using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>What each student of a season has to pay before check-in, such as the deposit for the key.</summary>
public sealed class SeasonFee : Versioned, IAudited
{
    private SeasonFee() { }

    public SeasonFee(long seasonId, LocalName name, Money amount)
    {
        SeasonId = seasonId;
        Describe(name, amount);
    }

    public long SeasonId { get; private set; }
    public string Name { get; private set; } = "";
    public string NameEn { get; private set; } = "";
    public long AmountFen { get; private set; }

    public LocalName LocalName => new(Name, NameEn);

    public void Describe(LocalName name, Money amount) =>
        (Name, NameEn, AmountFen) = (CleanText.Clean(name.Zh), CleanText.Clean(name.En), amount.Fen);
}
