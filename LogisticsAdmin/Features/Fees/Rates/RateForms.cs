using FluentValidation;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>One step as typed. The end of the last step does not count.</summary>
public sealed class StepForm
{
    public decimal? UpTo { get; set; }
    public decimal? Price { get; set; }
}

/// <summary>The price that a form sets.</summary>
public abstract class PriceForm
{
    /// <summary>No price of its own from this day on: the next wider scope applies.</summary>
    public bool SetsNoPrice { get; set; }
    public List<StepForm> Steps { get; } = [new()];
    public BillingCycle StepPeriod { get; set; } = BillingCycle.Month;

    /// <summary>Null for no quota.</summary>
    public decimal? QuotaAmount { get; set; }
    public QuotaBasis QuotaBasis { get; set; } = QuotaBasis.Person;
    public BillingCycle QuotaPeriod { get; set; } = BillingCycle.Month;
    public List<int> ExcludedMonths { get; } = [];
    public bool CarriesOver { get; set; }
    public string? Reason { get; set; }
    public string? DocumentNumber { get; set; }

    /// <summary>What the valid form says.</summary>
    public PriceRule Rule()
    {
        if (SetsNoPrice) return PriceRule.None;
        var last = Steps.Count - 1;
        var steps = Steps.Select((s, i) => new PriceStep(i == last ? null : Plain(s.UpTo!.Value), Plain(s.Price!.Value)));
        return new PriceRule([.. steps], StepPeriod, QuotaAmount is { } amount
            ? new FreeQuota(Plain(amount), QuotaBasis, QuotaPeriod, QuotaPeriod == BillingCycle.Month ? [.. ExcludedMonths.Order()] : [], CarriesOver) : null);
    }

    /// <summary>Fills in the price of a rate.</summary>
    public void Show(PriceRule rule)
    {
        SetsNoPrice = !rule.SetsPrice;
        if (!rule.SetsPrice) return;
        Steps.Clear();
        Steps.AddRange(rule.Steps.Select(s => new StepForm { UpTo = s.UpTo, Price = s.Price }));
        StepPeriod = rule.StepPeriod;
        QuotaAmount = rule.Quota?.Amount;
        if (rule.Quota is not { } quota) return;
        (QuotaBasis, QuotaPeriod, CarriesOver) = (quota.Basis, quota.Period, quota.CarriesOver);
        ExcludedMonths.Clear();
        ExcludedMonths.AddRange(quota.ExcludedMonths);
    }

    // Without zeros at the end, so that prices that are the same also look the same.
    private static decimal Plain(decimal typed) => typed / 1.0000000000000000000000000000m;
}

/// <summary>A new version of a price.</summary>
public sealed class RateForm : PriceForm
{
    public long? KindId { get; set; }
    public RateScopeKind ScopeKind { get; set; } = RateScopeKind.Everywhere;

    /// <summary>The group, building or campus.</summary>
    public long? ScopeId { get; set; }
    public RoomKind? RoomKind { get; set; }

    /// <summary>For a room type: how many beds; null for any number.</summary>
    public int? Beds { get; set; }
    public DateOnly? FirstDay { get; set; }

    /// <summary>The newest rate of the kind when the form was opened; null when there was none.</summary>
    public long? NewestSeen { get; set; }

    /// <summary>What the valid form says.</summary>
    public RateScope Scope() => ScopeKind switch
    {
        RateScopeKind.Everywhere => RateScope.Everywhere,
        RateScopeKind.RoomType => RateScope.OfType(RoomKind!.Value, Beds),
        _ => new RateScope(ScopeKind, ScopeId!.Value),
    };
}

public sealed class RateFormValidator : PriceFormValidator<RateForm>
{
    private static readonly DateOnly Earliest = new(2000, 1, 1);
    private static readonly DateOnly Latest = new(2099, 12, 31);

    public RateFormValidator()
    {
        RuleFor(f => f.KindId).NotNull();
        RuleFor(f => f.ScopeKind).IsInEnum();
        RuleFor(f => f.ScopeId).NotNull().When(f => f.ScopeKind is RateScopeKind.Group or RateScopeKind.Building or RateScopeKind.Campus);
        RuleFor(f => f.RoomKind).NotNull().IsInEnum().When(f => f.ScopeKind == RateScopeKind.RoomType);
        RuleFor(f => f.Beds).InclusiveBetween(1, 99).When(f => f.ScopeKind == RateScopeKind.RoomType);
        RuleFor(f => f.FirstDay).NotNull().InclusiveBetween(Earliest, Latest);
    }
}

/// <summary>Withdraws a rate; its place takes the price before it, or the price of the form.</summary>
public sealed class WithdrawForm : PriceForm
{
    public long Version { get; set; }

    /// <summary>The price of the form applies instead of the one before.</summary>
    public bool HasReplacement { get; set; }

    /// <summary>Fills in the price that is withdrawn as the beginning of a replacement, which sets a price even where that one sets none.</summary>
    public void BeginWith(PriceRule withdrawn)
    {
        Show(withdrawn);
        SetsNoPrice = false;
    }
}

public sealed class WithdrawFormValidator() : PriceFormValidator<WithdrawForm>(f => f.HasReplacement);

/// <summary>Why a proposal is refused.</summary>
public sealed class RefuseForm
{
    public long Version { get; set; }
    public string? Reason { get; set; }
}

public sealed class RefuseFormValidator : AbstractValidator<RefuseForm>
{
    public RefuseFormValidator() => RuleFor(f => f.Reason).NotEmpty().NotInvisible().MaximumLength(FeesLimits.Reason);
}

/// <summary>A resident group.</summary>
public sealed class GroupForm
{
    public long Version { get; set; }
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? NameEn { get; set; }
}

public sealed class GroupFormValidator : AbstractValidator<GroupForm>
{
    public GroupFormValidator()
    {
        RuleFor(f => f.Code).NotEmpty().NotInvisible().MaximumLength(20);
        RuleFor(f => f.Name).NotEmpty().NotInvisible().MaximumLength(80);
        RuleFor(f => f.NameEn).MaximumLength(120);
    }
}

/// <summary>People who join a group, by their numbers or user names, one a line or separated by commas.</summary>
public sealed class MembersForm
{
    public string? Numbers { get; set; }
    public DateOnly? FirstDay { get; set; }
}

public sealed class MembersFormValidator : AbstractValidator<MembersForm>
{
    public MembersFormValidator()
    {
        RuleFor(f => f.Numbers).NotEmpty().NotInvisible().MaximumLength(20_000);
        RuleFor(f => f.FirstDay).NotNull().InclusiveBetween(new DateOnly(2000, 1, 1), new DateOnly(2099, 12, 31));
    }
}
