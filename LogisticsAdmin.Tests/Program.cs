using LogisticsAdmin.Tests.Benchmarks;
using LogisticsAdmin.Tests.Support;
using Xunit.MicrosoftTestingPlatform;

return args switch
{
    ["bench", .. var names] => await Bench.RunAsync(names),
    ["write-until-killed", var directory] => await KillableWriter.RunAsync(directory),
    ["import-until-killed", var directory] => await KillableImport.RunAsync(directory),
    ["mail-until-killed", var directory, var port] => await KillableMailer.RunAsync(directory, port),
    ["close-until-killed", var directory] => await KillableClosing.RunAsync(directory),
    ["bill-until-killed", var directory] => await KillableBilling.RunAsync(directory),
    ["pay-until-killed", var directory] => await KillablePayments.RunAsync(directory),
    ["order-until-killed", var directory] => await KillableOrders.RunAsync(directory),
    ["tell-until-killed", var directory] => await KillableTelling.RunAsync(directory),
    ["export-until-killed", var directory] => await KillableReportFiles.RunAsync(directory),
    ["tick-until-killed", var directory, var from] => await KillableTicker.RunAsync(directory, from),
    _ => await TestPlatformTestFramework.RunAsync(args, (builder, arguments) =>
        Microsoft.Testing.Platform.MSBuild.TestingPlatformBuilderHook.AddExtensions(builder, arguments)),
};
