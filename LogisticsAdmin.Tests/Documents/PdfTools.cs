using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace LogisticsAdmin.Tests.Documents;

/// <summary>Programs of qpdf and poppler-utils, which look at files independently. Tests fail where they are missing.</summary>
internal static class PdfTools
{
    /// <summary>What a program prints about a file; with its exit code.</summary>
    public static async Task<(string Output, string Errors, int Code)> RunAsync(string program, byte[] file, params string[] arguments)
    {
        var path = Path.Combine(Path.GetTempPath(), $"document-{Guid.NewGuid():N}.pdf");
        await File.WriteAllBytesAsync(path, file);
        try
        {
            var start = new ProcessStartInfo(program, arguments.Select(a => a == "{}" ? path : a))
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
            };
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (await output, await errors, process.ExitCode);
        }
        catch (Win32Exception missing)
        {
            throw new InvalidOperationException($"{program} is missing: install qpdf and poppler-utils, as .ci/run does.", missing);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The text of a file as pdftotext reads it.</summary>
    public static async Task<string> TextAsync(byte[] file) => (await RunAsync("pdftotext", file, "-enc", "UTF-8", "{}", "-")).Output;
}
