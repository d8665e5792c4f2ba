namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>Goes on with the files that were requested before the last end of the process and not written.</summary>
internal sealed class UnfinishedReportFiles(ReportFileRunner runner) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => runner.ResumeAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
