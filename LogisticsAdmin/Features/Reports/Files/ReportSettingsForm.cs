using FluentValidation;
using LogisticsAdmin.Features.Reports.Monthly;

namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>On which working day of the month the draft is announced; empty for never. Carries the version that was opened, 0 for none.</summary>
public sealed class ReportSettingsForm
{
    public long Version { get; set; }
    public int? DraftDay { get; set; } = ReportSettings.UsualDraftDay;
}

public sealed class ReportSettingsFormValidator : AbstractValidator<ReportSettingsForm>
{
    public ReportSettingsFormValidator() => RuleFor(f => f.DraftDay).InclusiveBetween(1, ReportSettings.LatestDraftDay);
}
