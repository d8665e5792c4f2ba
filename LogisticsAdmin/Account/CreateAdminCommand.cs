using System.Security.Cryptography;
using System.Text;
using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;

namespace LogisticsAdmin.Account;

/// <summary><c>create-admin USERNAME [--name "…"]</c></summary>
internal sealed class CreateAdminCommand(Administrators administrators, DatabaseStartup startup, RefusalText refusals) : IConsoleCommand
{
    /// <summary>Environment variable with the password, for installations by script.</summary>
    public const string PasswordVariable = "CREATE_ADMIN_PASSWORD";

    // Without letters and digits that look alike.
    private const string Legible = "abcdefghjkmnpqrstuvwxyz23456789";

    public string Name => "create-admin";
    public string Usage => $"USERNAME [--name \"FULL NAME\"]   creates an administrator; asks for the password, or takes {PasswordVariable}. 创建管理员";
    public bool NeedsStorageAlone => true;

    // Prepares the database itself, without demo people: their password is public.
    public bool NeedsDatabaseReady => false;

    public bool AcceptsArguments(string[] args) => Read(args) is not null;

    public async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        if (Read(args) is not var (userName, fullName)) return 2;
        await startup.PrepareAsync(withDemo: false, ct);

        var form = new AdministratorForm { UserName = userName, FullName = fullName };
        var generated = false;
        if (Environment.GetEnvironmentVariable(PasswordVariable) is { Length: > 0 } given)
        {
            (form.Password, form.PasswordAgain) = (given, given);
        }
        else if (Console.IsInputRedirected)
        {
            generated = true;
            form.Password = form.PasswordAgain = Generate();
        }
        else
        {
            form.Password = await AskAsync("Password 密码: ", output);
            form.PasswordAgain = await AskAsync("Again 再输一次: ", output);
        }

        try
        {
            await administrators.CreateAsync(form, ct);
        }
        catch (Rejected refused)
        {
            await output.WriteLineAsync(refusals.Of(refused));
            return 1;
        }
        await output.WriteLineAsync($"Administrator {userName} was created. 管理员已创建。");
        if (generated) await output.WriteLineAsync($"Password, shown only now 密码（仅显示一次）: {form.Password}");
        return 0;
    }

    private static (string UserName, string FullName)? Read(string[] args)
    {
        (string UserName, string FullName)? read = args switch
        {
            [var user] => (user, user),
            [var user, "--name", var name] => (user, name),
            ["--name", var name, var user] => (user, name),
            _ => null,
        };
        return read is var (userName, _) && !string.IsNullOrWhiteSpace(userName) && !userName.StartsWith('-') ? read : null;
    }

    private static string Generate()
    {
        string password;
        do password = RandomNumberGenerator.GetString(Legible, 20);
        while (!password.Any(char.IsAsciiDigit) || !password.Any(char.IsAsciiLetterLower));
        return password;
    }

    private static async Task<string> AskAsync(string prompt, TextWriter output)
    {
        await output.WriteAsync(prompt);
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key != ConsoleKey.Backspace) typed.Append(key.KeyChar);
            else if (typed.Length > 0) typed.Length--;
        }
        await output.WriteLineAsync();
        return typed.ToString();
    }
}
