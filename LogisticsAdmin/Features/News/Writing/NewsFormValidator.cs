using FluentValidation;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>What even a draft must keep to.</summary>
public sealed class NewsFormValidator : AbstractValidator<NewsForm>
{
    public NewsFormValidator()
    {
        RuleFor(f => f.Title).MaximumLength(NewsLimits.Title).NotInvisible();
        RuleFor(f => f.TitleEn).MaximumLength(NewsLimits.Title).NotInvisible();
        RuleFor(f => f.Summary).MaximumLength(NewsLimits.Summary);
        RuleFor(f => f.SummaryEn).MaximumLength(NewsLimits.Summary);
        RuleFor(f => f.Body).MaximumLength(NewsLimits.Body);
        RuleFor(f => f.BodyEn).MaximumLength(NewsLimits.Body);
    }
}
