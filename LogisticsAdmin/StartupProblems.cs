using System.Globalization;
using System.Net.Sockets;
using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;

namespace LogisticsAdmin;

/// <summary>What an exception that ended the start means for whoever starts the app, in one sentence in both languages.</summary>
internal static class StartupProblems
{
    private const int StandardError = 2;

    /// <summary>Runs the app and returns its exit code. A start that failed is told on standard error, and its code is 1.</summary>
    public static async Task<int> TellAsync(Func<Task<int>> run)
    {
        if (!IcuLibrary.IsInstalled)
        {
            // The console would need a culture, for which the runtime ends the process with a stack trace.
            using var error = new FileStream(new SafeFileHandle(StandardError, ownsHandle: false), FileAccess.Write, bufferSize: 0);
            error.Write("ICU is not installed, and the runtime can't show Chinese without it. Install the system's package (Debian: libicu72 or later). "u8);
            error.Write("系统缺少 ICU，请安装 libicu。\n"u8);
            return 1;
        }
        try
        {
            DemandLanguages();
            return await run();
        }
        catch (Exception e) when (Of(e) is { } problem)
        {
            Console.Error.WriteLine(problem.Message);
            return 1;
        }
    }

    /// <summary>Serves pages until the app is stopped.</summary>
    public static async Task ServeAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
        }
        catch
        {
            // Background services that started already would fail, and log it, while what they use is disposed.
            await app.StopAsync();
            throw;
        }
        await app.WaitForShutdownAsync();
    }

    /// <summary>Null for a fault of the app itself, which is reported with its stack trace.</summary>
    public static StartupProblem? Of(Exception e) => e switch
    {
        StartupProblem known => known,
        AggregateException { InnerExceptions: [var first, ..] } => Of(first),
        OptionsValidationException wrong => new(string.Join(' ', wrong.Failures), wrong),
        IOException { InnerException: AddressInUseException } => new(
            $"{Sentence(e)} Stop the other program, or choose another address with --urls. "
            + "监听地址已被占用，请停止占用的程序，或用 --urls 更换地址。", e),
        IOException full when StorageProblems.IsDiskFull(full) => new(
            $"There is no space left on the disk: {Sentence(e)} Free some space and start again. 磁盘空间不足，请清理后重试。", e),
        _ when e.StackTrace?.Contains("Microsoft.AspNetCore.Server.Kestrel.Core.KestrelServerImpl.StartAsync", StringComparison.Ordinal) == true => new(
            $"The app can't listen: {Sentence(e)} Correct --urls, ASPNETCORE_URLS or the section Kestrel of the settings. "
            + "无法监听该地址，请检查 --urls、ASPNETCORE_URLS 或 Kestrel 设置。", e),
        InvalidDataException { InnerException: FormatException } => Settings(e),
        InvalidOperationException when e.Source is "Microsoft.Extensions.Configuration.Binder" => Settings(e),
        IOException or UnauthorizedAccessException => new(
            $"A file or folder can't be used: {Sentence(e)} Check that it exists and that this user may read and write it. "
            + "文件或目录无法使用，请检查是否存在以及读写权限。", e),
        _ => null,
    };

    private static void DemandLanguages()
    {
        try
        {
            _ = CultureInfo.GetCultureInfo(Languages.Chinese, predefinedOnly: true);
        }
        catch (CultureNotFoundException e)
        {
            throw new StartupProblem(
                "This system's ICU has no data for Chinese. Install its full data (Alpine: icu-data-full), and leave "
                + "System.Globalization.Invariant false. 系统的 ICU 数据不完整，请安装完整的 ICU 数据。", e);
        }
    }

    private static StartupProblem Settings(Exception e) => new(
        $"A setting can't be read: {Sentence(e)} Correct appsettings.json or the environment. "
        + "设置无法读取，请检查 appsettings.json 或环境变量。", e);

    /// <summary>The message and the innermost cause, as one line that ends like a sentence.</summary>
    private static string Sentence(Exception e)
    {
        var cause = e.GetBaseException();
        var message = cause == e || cause is AddressInUseException or SocketException ? e.Message : $"{e.Message} {cause.Message}";
        var line = string.Join(' ', message.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.EndsWith('.') ? line : line + ".";
    }
}
