namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>The words inside of a <see cref="StepChart"/>.</summary>
internal sealed record StepChartWords(string Today, string Current, string Scheduled, string Withdrawn);
