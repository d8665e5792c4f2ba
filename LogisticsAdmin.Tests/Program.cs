using LogisticsAdmin.Tests.Benchmarks;
using Xunit.MicrosoftTestingPlatform;

return args is ["bench", .. var names]
    ? await Bench.RunAsync(names)
    : await TestPlatformTestFramework.RunAsync(args, (builder, arguments) =>
        Microsoft.Testing.Platform.MSBuild.TestingPlatformBuilderHook.AddExtensions(builder, arguments));
